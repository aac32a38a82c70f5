import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * How a link behaves. A direction that is `lost` delivers nothing until the link is open again, and then everything, as
 * TCP does after a partition; `cut` closes connections and lets none through; `slow` delays each packet.
 * @typedef {'open' | 'cut' | 'requests lost' | 'answers lost' | 'both lost' | 'slow'} LinkMode
 */

const SLOW_MS = 300;

/** A TCP proxy between one program and one server, whose failures are those of a network between two machines. */
export class Link {
  /** @type {LinkMode} */
  #mode = 'open';
  #sockets = new Set();
  #server;
  #target;

  /**
   * @param {string} name
   * @param {() => number} target the server's port on 127.0.0.1, asked for each connection
   */
  constructor(name, target) {
    this.name = name;
    this.#target = target;
    this.#server = net.createServer((near) => this.#connect(near));
  }

  async open() {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get port() {
    return /** @type {net.AddressInfo} */ (this.#server.address()).port;
  }

  /** @param {LinkMode} mode */
  become(mode) {
    this.#mode = mode;
    for (const { near, far } of this.#sockets) {
      if (mode === 'cut') {
        // Not resetAndDestroy(): libuv never closes a socket that was shutting down then, and the process spins at its end.
        near.destroy();
        far.destroy();
      } else {
        this.#flow(near, 'requests lost');
        this.#flow(far, 'answers lost');
      }
    }
  }

  async end() {
    this.become('cut');
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** @param {net.Socket} near */
  #connect(near) {
    if (this.#mode === 'cut') return void near.destroy();
    const far = net.connect(this.#target(), '127.0.0.1');
    const pair = { near, far };
    this.#sockets.add(pair);
    this.#pass(near, far);
    this.#pass(far, near);
    this.#flow(near, 'requests lost');
    this.#flow(far, 'answers lost');
    near.once('close', () => this.#sockets.delete(pair));
  }

  /**
   * @param {net.Socket} from
   * @param {net.Socket} to
   */
  #pass(from, to) {
    // In the order of arrival, also when the link has stopped being slow meanwhile.
    let sent = Promise.resolve();
    const send = (/** @type {() => void} */ action) => {
      const arrives = this.#mode === 'slow' ? pause(SLOW_MS) : undefined;
      sent = sent.then(() => arrives).then(action);
    };
    from.setNoDelay(true);
    from.on('data', (chunk) => send(() => void (to.writable && to.write(chunk))));
    from.on('end', () => send(() => void to.end()));
    from.on('error', () => to.destroy());
    from.on('close', () => send(() => void to.destroy()));
  }

  /**
   * @param {net.Socket} from
   * @param {LinkMode} lost the mode in which what it sends is held back
   */
  #flow(from, lost) {
    if (this.#mode === lost || this.#mode === 'both lost') from.pause();
    else from.resume();
  }
}
