import type { Redis } from 'ioredis';

/**
 * From one answer to the next question. With two unanswered questions, a node that hangs is given up within 700 ms at the
 * default REDIS_COMMAND_TIMEOUT_MS, also while no request uses it.
 */
export const ASK_AGAIN_MS = 200;

/**
 * The first one may be late because this process was busy. After the second, locks have moved to Postgres, and what was
 * sent to acquire one has been followed by its release on the same connection: a node that continues runs both.
 */
const MAX_UNANSWERED = 2;

/**
 * The circuit breaker of a node: asks it for a sign of life, and without two in a row makes the connection anew. Until the
 * node answers again (ioredis' ready check, repeated by its retry strategy), every command fails at once, so requests do
 * not wait for a node that hangs or is too slow, and nothing is queued for it.
 *
 * A node that refuses commands, as when it is full or read-only, stays connected: its refusals cost no time.
 *
 * @param node with a `commandTimeout`, without an offline queue. Asked until it is closed.
 */
export function keepAsking(node: Redis, onSilence: (reason: Error) => void): void {
  let unanswered = 0;
  let timer: NodeJS.Timeout;
  const ask = async () => {
    try {
      if (node.status === 'ready') await node.ping();
      unanswered = 0;
    } catch (error) {
      unanswered = isAnswer(error) ? 0 : unanswered + 1;
      if (unanswered >= MAX_UNANSWERED && node.status === 'ready') {
        unanswered = 0;
        onSilence(error as Error);
        node.disconnect(true);
      }
    }
    if (node.status !== 'end') again();
  };
  const again = () => {
    timer = setTimeout(() => void ask(), ASK_AGAIN_MS);
    timer.unref();
  };
  node.on('end', () => clearTimeout(timer));
  again();
}

/** Redis answers PING with an error while it cannot write to its disk, or where the user may not send it. */
const isAnswer = (error: unknown) => error instanceof Error && error.name === 'ReplyError';
