export { Answer, renderAnswer, renderError, type Reader } from './answer.js';
export { chooseLanguage, say, type Language, type MessageKey } from './language.js';
