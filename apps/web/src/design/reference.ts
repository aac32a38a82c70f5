/** Formats a creditor reference as ISO 11649 prints it: in groups of four. */
export const groupedReference = (reference: string): string => reference.replace(/.{4}(?=.)/g, '$& ');
