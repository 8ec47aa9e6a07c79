// lib/ui/web/shell/access.ts
var TOKEN = "signal-review-access";
function access_default({ data, setTriggerValue }) {
  if (data.token) {
    sessionStorage.setItem(TOKEN, data.token);
    return;
  }
  const token = sessionStorage.getItem(TOKEN);
  if (token && token === data.refused) sessionStorage.removeItem(TOKEN);
  else if (token) setTriggerValue("token", token);
}
export {
  access_default as default
};
