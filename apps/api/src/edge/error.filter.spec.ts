import { LockTimeout } from '#errors';
import type { ArgumentsHost } from '@nestjs/common';
import type { PinoLogger } from 'nestjs-pino';
import { ErrorFilter } from './error.filter.js';

describe('the log line of a temporary failure', () => {
  it('names the cause, and its cause: a defect behind a lost key is not silent', () => {
    const lines: unknown[] = [];
    const logger = { setContext: () => undefined, warn: (fields: object) => lines.push(fields) };
    const http = { getRequest: () => ({ headers: {} }), getResponse: () => ({ sent: true }) };
    const host = { switchToHttp: () => http };
    const cause = new Error('the key was taken over', { cause: new TypeError('a defect') });
    new ErrorFilter(logger as unknown as PinoLogger).catch(
      new LockTimeout({ cause }),
      host as unknown as ArgumentsHost,
    );
    expect(lines).toEqual([
      { code: 'LOCK_TIMEOUT', reason: 'Error: the key was taken over; cause: TypeError: a defect' },
    ]);
  });
});
