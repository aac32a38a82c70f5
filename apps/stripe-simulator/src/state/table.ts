/** Rows by id, oldest first. Rows are never changed in place: an event may hold an earlier state of one. */
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

  /** Puts a new row last; a known one stays where it was. */
  put(row: Row): Row {
    this.load(row);
    this.#changed(this.name, row);
    return row;
  }

  /** @throws Error for an unknown id, which would be a fault of ours. */
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

  /** From the journal: it is there already. */
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
