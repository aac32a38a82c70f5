export { Answer, renderAnswer, renderError, type Reader } from './answer.js';
export { CONTRACT, Contract, type Failure, type Promised } from './contract.js';
export { askedLanguage, chooseLanguage, say, type Language, type MessageKey } from './language.js';
export { amount, type Holds, id, nextCursor, shape, time } from './shape.js';
