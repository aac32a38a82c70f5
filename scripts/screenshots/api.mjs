/** @param {string} url @param {string} email @returns {Promise<string>} */
export async function logIn(url, email) {
  const answer = await fetch(`${url}/api/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'password' }),
  });
  return /** @type {{ token: string }} */ (await answer.json()).token;
}

/** @param {string} url @param {string} token @param {string} path @param {object} [body] @param {string} [key] @returns {Promise<any>} */
export async function call(url, token, path, body, key) {
  const answer = await fetch(`${url}/api/v1${path}`, {
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    headers: {
      authorization: `Bearer ${token}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(key ? { 'idempotency-key': key } : {}),
    },
  });
  const { data, message } = /** @type {{ data: any, message: string }} */ (await answer.json());
  // An existing payment is a valid answer, too.
  if (!answer.ok && data?.type !== 'existing') throw new Error(`${path}: ${message}`);
  return data;
}
