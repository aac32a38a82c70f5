import { HANDLED_EVENTS } from '#payments';
import { HANDLED_TYPES } from './handled-types.js';

describe('the events that are acted on', () => {
  it('are allowed and dispatched by one table', () => {
    expect(HANDLED_TYPES).toEqual(Object.keys(HANDLED_EVENTS));
  });
});
