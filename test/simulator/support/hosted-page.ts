const GOOD = {
  method: 'card',
  email: 'p@example.com',
  number: '4242 4242 4242 4242',
  expiry: '12 / 34',
  cvc: '123',
  name: 'P',
};

/** What a browser is shown there. */
export async function look(url: string, headers: Record<string, string> = {}) {
  const answer = await fetch(url, { headers });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

/**
 * Fills in the form, a good card unless said otherwise, and presses the button.
 * @returns where it leads; `text` is what is shown there, when that is the page again.
 */
export async function submit(url: string, fields: Record<string, string> = {}) {
  const answer = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ ...GOOD, ...fields }),
    redirect: 'manual',
  });
  const location = answer.headers.get('location');
  const shown = location?.startsWith('/') ? await look(new URL(location, url).href) : undefined;
  return { status: answer.status, location, text: shown?.text ?? '' };
}

/** Presses a button of the simulated bank. */
export async function settle(url: string, arrives: 'yes' | 'no'): Promise<Response> {
  return fetch(`${url}/settle`, { method: 'POST', body: new URLSearchParams({ arrives }), redirect: 'follow' });
}
