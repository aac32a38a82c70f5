/** A response: status, headers, and the body parsed if it is JSON. */
export interface Reply<Data = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: {
    status_code: number;
    code?: string;
    error?: string;
    message: string;
    request_id: string;
    data: Data;
  };
}

export interface Ask {
  method?: string;
  token?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** One request. A body that is a string goes out as it is, everything else as JSON. */
export async function ask<Data = unknown>(
  url: string,
  path: string,
  { method, token, body, headers = {} }: Ask = {},
): Promise<Reply<Data>> {
  const response = await fetch(`${url}${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = undefined;
  }
  return { status: response.status, headers: response.headers, text, body: parsed as Reply<Data>['body'] };
}
