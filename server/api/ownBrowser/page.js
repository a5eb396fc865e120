// Runs in the learner's browser. It does what any page of the app does: it sends JSON to the app and keeps the CSRF token that
// the app gives it. The browser itself keeps and sends the cookies.
const find = (id) => document.getElementById(id);

let csrfToken;

async function send(method, path, body) {
  const headers = {};
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (method !== 'GET' && csrfToken !== undefined) headers['X-CSRF-Token'] = csrfToken;
  let response;
  let text;
  try {
    response = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    text = await response.text();
  } catch {
    show(`${method} ${path}`, 'no answer', false, 'The server does not answer. Check whether it is still running.');
    return;
  }
  const json = parse(text);
  if (json?.csrfToken !== undefined) csrfToken = json.csrfToken;
  show(`${method} ${path}`, `${response.status} ${response.statusText}`, response.ok, pretty(json, text));
  showWho(path, response, json);
}

function show(asked, status, ok, text) {
  find('asked').textContent = asked;
  find('status').textContent = status;
  find('status').dataset.ok = ok;
  find('body').textContent = text;
  find('readable').textContent = document.cookie || 'nothing';
}

/** Shows who is logged in, as far as the answer says. It sends no request of its own. */
function showWho(path, { ok, status }, json) {
  if (ok && json?.email !== undefined) find('who').textContent = `Logged in as ${json.email}.`;
  else if (path === '/auth/logout' && ok) find('who').textContent = 'Logged out.';
  else if (path === '/me' && status === 401) find('who').textContent = 'Not logged in.';
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const pretty = (json, text) =>
  json === undefined ? text || 'no body' : (json.error?.message ?? JSON.stringify(json, null, 2));

for (const button of document.querySelectorAll('[data-email]')) {
  button.addEventListener('click', () => {
    find('email').value = button.dataset.email;
    find('password').value = button.dataset.password;
  });
}
find('login').addEventListener('submit', (event) => {
  event.preventDefault();
  void send('POST', '/auth/login', { email: find('email').value, password: find('password').value });
});
find('add').addEventListener('submit', (event) => {
  event.preventDefault();
  void send('POST', '/basket', { item: find('item').value });
});
find('basket').addEventListener('click', () => void send('GET', '/basket'));
find('me').addEventListener('click', () => void send('GET', '/me'));
find('logout').addEventListener('click', () => void send('POST', '/auth/logout'));

void send('GET', '/me');
