import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseConfig } from '#config';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { loggerOptions } from './logging.module.js';

const CONFIG = parseConfig({ DATABASE_URL: 'postgres://payonce@localhost/payonce', JWT_SECRET: 'x'.repeat(32) });

/** What a logger with our options writes, without the time. */
function written(log: (logger: Logger) => void): unknown[] {
  const lines: string[] = [];
  log(pinoHttp(loggerOptions(CONFIG, false), { write: (line: string) => lines.push(line) }).logger);
  return lines.map((line) => {
    const { time, ...rest } = JSON.parse(line) as Record<string, unknown>;
    expect(time).toEqual(expect.any(String));
    return rest;
  });
}

describe('a log line', () => {
  it('has no member that may carry a secret, on any level and in lists', () => {
    const secret = { token: 'hidden', kept: 1 };
    const [line] = written((logger) =>
      logger.info(
        { ...secret, one: secret, list: [secret, 2], deep: { two: secret }, deeper: { on: { level: secret } } },
        'Said',
      ),
    );
    expect(line).toEqual({
      level: 'info',
      kept: 1,
      one: { kept: 1 },
      list: [{ kept: 1 }, 2],
      deep: { two: { kept: 1 } },
      deeper: { on: { level: { kept: 1 } } },
      message: 'Said',
    });
  });

  it.each([
    'password',
    'authorization',
    'cookie',
    'secret',
    'password_hash',
    'DATABASE_URL',
    'REDIS_URL',
    'JWT_SECRET',
  ])('has no member called %s', (name) => {
    expect(written((logger) => logger.info({ [name]: 'hidden', user: { [name]: 'hidden' } }, 'Said'))).toEqual([
      { level: 'info', user: {}, message: 'Said' },
    ]);
  });

  it('leaves the logged object itself unchanged', () => {
    const given = { user: { token: 'kept' } };
    written((logger) => logger.info(given, 'Said'));
    expect(given).toEqual({ user: { token: 'kept' } });
  });

  it('describes an error by its name, message, stack and code, and never by its other members', () => {
    const err = Object.assign(new Error('refused'), { code: '23505', parameters: ['hidden'], token: 'hidden' });
    const [line] = written((logger) => logger.error({ err, password: 'hidden' }, 'Failed'));
    expect(line).toEqual({
      level: 'error',
      err: { type: 'Error', message: 'refused', stack: expect.stringContaining('refused') as string, code: '23505' },
      message: 'Failed',
    });
  });

  it('is written for an object that contains itself', () => {
    const loop: Record<string, unknown> = { token: 'hidden' };
    loop['self'] = loop;
    expect(JSON.stringify(written((logger) => logger.info({ loop }, 'Said')))).toContain('Said');
  });
});

describe("a request's line", () => {
  it.each([
    [201, 'info', 'Request answered'],
    [500, 'error', 'Request failed'],
  ])('of an answer %i has its route and result, and no header', async (status, level, message) => {
    const lines: string[] = [];
    const logRequests = pinoHttp(loggerOptions(CONFIG, false), { write: (line: string) => lines.push(line) });
    const server = createServer((request, response) => {
      Object.assign(request, { id: 'request-1' });
      logRequests(request, response);
      response.writeHead(status, { 'set-cookie': 'hidden' }).end();
    }).listen(0);
    const { port } = server.address() as AddressInfo;
    await fetch(`http://localhost:${port}/api/v1/payments?token=hidden`, { headers: { authorization: 'hidden' } });
    await new Promise((resolve) => server.close(resolve));
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        level,
        time: expect.any(String) as string,
        request_id: 'request-1',
        ms: expect.any(Number) as number,
        method: 'GET',
        path: '/api/v1/payments',
        status,
        message,
      },
    ]);
  });
});
