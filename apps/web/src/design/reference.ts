/** A creditor reference as ISO 11649 has it printed: in groups of four. */
export const groupedReference = (reference: string): string => reference.replace(/.{4}(?=.)/g, '$& ');
