/** A column of a table. */
export interface Column {
  readonly name: string;
  readonly label: string;
  readonly numeric?: boolean;
  /** Words are not broken, and lines only if the table is too narrow. */
  readonly whole?: boolean;
  /** Its share of the table's width; longer content is cut. */
  readonly share?: 'medium' | 'large';
}
