export { IntegerParam, SlugParam } from './address-params.js';
export { nextCursor, type Page, pageOf, PageRequest } from './paging.js';
export {
  Email,
  ExternalReference,
  HttpUrl,
  IdempotencyKey,
  Integer,
  IntegerText,
  Metadata,
  NotTogetherWith,
  OneOf,
  Optional,
  PastTime,
  RequiredUnless,
  Slug,
  Text,
  TransactionId,
} from './rules.js';
export { refuseEmpty, requestValidation } from './validation.pipe.js';
export { Describe, NeverEmpty, type Schema, Shaped, type ShapeOfField, shapesOfRequests } from './shapes.js';
