import type { Writable } from 'node:stream';

/**
 * What is written to this socket in one turn of the event loop leaves in one system call, at the end of the turn. Each
 * call costs more than most of what it sends: the statements of a transaction that are sent together, or the commands of
 * several requests to one Redis.
 *
 * @param socket of a client that writes each message separately, as node-postgres and ioredis do
 */
export function writeTogether(socket: Writable): void {
  let isCorked = false;
  const flush = () => {
    isCorked = false;
    socket.uncork();
  };
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
  socket.write = ((...args: unknown[]) => {
    if (!isCorked) {
      isCorked = true;
      socket.cork();
      setImmediate(flush);
    }
    return write(...args);
  }) as typeof socket.write;
}
