/** Rows by id, oldest first. Rows are immutable: an event may contain an earlier state of one. */
export class Table<Row extends { id: string }> {
  readonly name: string;
  readonly #rows = new Map<string, Row>();
  readonly #changed: (table: string, row: Row) => void;

  constructor(name: string, changed: (table: string, row: Row) => void) {
    this.name = name;
    this.#changed = changed;
  }

  get(id: string): Row | undefined {
    return this.#rows.get(id);
  }

  /** Appends a new row; a known one keeps its position. */
  put(row: Row): Row {
    this.load(row);
    this.#changed(this.name, row);
    return row;
  }

  /** @throws Error for an unknown id, which would be a bug. */
  update(id: string, changes: Partial<Row>): Row {
    const row = this.#rows.get(id);
    if (!row) throw new Error(`${this.name} has no ${id}`);
    return this.put({ ...row, ...changes });
  }

  all(): Row[] {
    return [...this.#rows.values()];
  }

  newestFirst(): Row[] {
    return this.all().reverse();
  }

  /** From the journal, so it is already stored. */
  load(row: Row): void {
    this.#rows.set(row.id, row);
  }

  forget(id: string): void {
    this.#rows.delete(id);
  }

  clear(): void {
    this.#rows.clear();
  }
}
