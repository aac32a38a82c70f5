/** A column of a table. */
export interface Column {
  readonly name: string;
  readonly label: string;
  readonly numeric?: boolean;
  /** Never broken within a word, and not at all where there is room for all columns. */
  readonly whole?: boolean;
  /** How much of the table it has; what is longer is cut. */
  readonly share?: 'medium' | 'large';
}
