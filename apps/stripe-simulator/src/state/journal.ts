import { mkdirSync, readFileSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import path from 'node:path';

/**
 * An append-only file, one JSON line a step. What `durable()` has waited for survives the end of this process and of the
 * machine; a line that a crash has cut off is as if it had never been.
 */
export class Journal {
  readonly #path: string;
  #file: FileHandle | undefined;
  #waiting: string[] = [];
  #writing: Promise<void> = Promise.resolve();

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#path = path.join(folder, 'journal.jsonl');
  }

  read(): unknown[] {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
    // Text after the last line break is a line that was being written when the process ended.
    return text
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as unknown);
  }

  /**
   * Replaces the file with one line; the old file stays until the new one is complete. Earlier steps go to the old
   * file, later ones to the new one.
   */
  async startAnew(everything: unknown): Promise<void> {
    void this.durable();
    this.#waiting = [];
    return this.#inTurn(async () => {
      await this.#file?.close();
      const draft = await open(`${this.#path}.draft`, 'w', 0o600);
      await draft.writeFile(`${JSON.stringify(everything)}\n`);
      await draft.sync();
      await draft.close();
      await rename(`${this.#path}.draft`, this.#path);
      this.#file = await open(this.#path, 'a', 0o600);
    });
  }

  add(step: unknown): void {
    this.#waiting.push(`${JSON.stringify(step)}\n`);
  }

  /** Steps added while the disk is busy share the next write. */
  durable(): Promise<void> {
    const waiting = this.#waiting;
    return this.#inTurn(async () => {
      const lines = waiting.splice(0);
      if (lines.length === 0 || !this.#file) return;
      await this.#file.appendFile(lines.join(''));
      await this.#file.datasync();
    });
  }

  async close(): Promise<void> {
    void this.durable();
    return this.#inTurn(async () => {
      await this.#file?.close();
      this.#file = undefined;
    });
  }

  /** Writes one at a time. After a failed write none succeeds, because later state would depend on it. */
  #inTurn(job: () => Promise<void>): Promise<void> {
    this.#writing = this.#writing.then(job);
    return this.#writing;
  }
}
