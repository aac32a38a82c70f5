/**
 * First come, first served among the callers of one process, so that a process contends for a key once, however many
 * of its requests wait for it. Kept in memory: when the process dies, its waiters die too, and nothing is lost.
 */
export class LocalQueue {
  /** Held keys, each with its waiters, in order. */
  private readonly waiting = new Map<string, (() => void)[]>();

  /**
   * Takes the keys one after the other, in the order given (the same order for every caller, or two callers could
   * wait for each other). @param onBusy is called for each key that another caller holds. @returns the function that
   * releases the keys, or undefined when the signal fired first.
   */
  async enter(
    keys: readonly string[],
    signal: AbortSignal,
    onBusy: (key: string) => void = () => undefined,
  ): Promise<(() => void) | undefined> {
    const entered: string[] = [];
    const leave = () => {
      for (const key of entered.splice(0)) this.passOn(key);
    };
    for (const key of keys) {
      if (this.waiting.has(key)) onBusy(key);
      if (!(await this.take(key, signal))) {
        leave();
        return undefined;
      }
      entered.push(key);
    }
    return leave;
  }

  private async take(key: string, signal: AbortSignal): Promise<boolean> {
    const queue = this.waiting.get(key);
    if (!queue) {
      this.waiting.set(key, []);
      return true;
    }
    if (signal.aborted) return false;
    return new Promise<boolean>((resolve) => {
      const giveUp = () => {
        queue.splice(queue.indexOf(myTurn), 1);
        resolve(false);
      };
      const myTurn = () => {
        signal.removeEventListener('abort', giveUp);
        resolve(true);
      };
      queue.push(myTurn);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  private passOn(key: string): void {
    const next = this.waiting.get(key)?.shift();
    if (next) next();
    else this.waiting.delete(key);
  }
}
