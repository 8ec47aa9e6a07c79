// Keeps the token of this tab in the browser, and hands it over when the page is loaded anew. The
// passphrase is never here. Mounted before every page with {token}, and at the entrance with {refused}:
// the token that was handed over last and is not valid any more.
import type { Mounted } from "../shared/mount";
import type { AccessData, AccessTriggers } from "../shared/protocol";

const TOKEN = "signal-review-access";

export default function ({ data, setTriggerValue }: Mounted<AccessData, AccessTriggers>): void {
  if (data.token) {
    sessionStorage.setItem(TOKEN, data.token);
    return;
  }
  const token = sessionStorage.getItem(TOKEN);
  if (token && token === data.refused) sessionStorage.removeItem(TOKEN);
  else if (token) setTriggerValue("token", token);
}
