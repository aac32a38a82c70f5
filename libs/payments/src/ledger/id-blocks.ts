/** At full load, a block is used up in a fortieth of a second. */
const MAX_BLOCK = 32;

/** Lists are in the order of ids: an id that is kept for longer would sort its payment too far down. */
const MAX_AGE_MS = 1_000;

/**
 * Draws the ids of a sequence ahead of their use, as many as are needed within a second: one at a time when there is
 * little to do, so that no ids are skipped then.
 */
export class IdBlocks {
  private ids: number[] = [];
  private drawnAt = -Infinity;
  private size = 1;
  private drawing: Promise<void> | undefined;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** @param draw takes so many ids from the sequence */
  async next(draw: (count: number) => Promise<number[]>): Promise<number> {
    for (;;) {
      const isFresh = this.now() - this.drawnAt < MAX_AGE_MS;
      const id = isFresh ? this.ids.shift() : undefined;
      if (id !== undefined) return id;
      if (!this.drawing) {
        this.size = isFresh ? Math.min(this.size * 2, MAX_BLOCK) : 1;
        this.drawing = this.draw(draw).finally(() => (this.drawing = undefined));
      }
      await this.drawing;
      // However long that took: they were drawn for those who waited.
      const drawn = this.ids.shift();
      if (drawn !== undefined) return drawn;
    }
  }

  clear(): void {
    this.ids = [];
    this.drawnAt = -Infinity;
  }

  private async draw(draw: (count: number) => Promise<number[]>): Promise<void> {
    this.ids = await draw(this.size);
    this.drawnAt = this.now();
  }
}
