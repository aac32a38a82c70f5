/** A column of a table. */
export interface Column {
  readonly name: string;
  readonly label: string;
  readonly numeric?: boolean;
  /** Not broken where there is room for all columns. */
  readonly whole?: boolean;
}
