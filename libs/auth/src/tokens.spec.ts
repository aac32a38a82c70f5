import { parseConfig } from '#config';
import { Unauthenticated } from '#errors';
import { Tokens } from './tokens.js';

const SETTINGS = { DATABASE_URL: 'postgres://payonce@localhost/payonce' };
const tokensOf = (JWT_SECRET: string) => new Tokens(parseConfig({ ...SETTINGS, JWT_SECRET }));

describe('tokens signed with a shared secret', () => {
  it('verifies its own tokens, and refuses those of another secret', async () => {
    const ours = tokensOf('a'.repeat(32));
    const theirs = await tokensOf('b'.repeat(32)).sign({ subject: 'ann', role: 'staff' });
    expect(await ours.verify(await ours.sign({ subject: 'ann', role: 'staff' }))).toEqual({
      issuer: null,
      subject: 'ann',
      role: 'staff',
    });
    await expect(ours.verify(theirs)).rejects.toThrow(Unauthenticated);
  });

  it('imports the secret once, not for each token', async () => {
    const imports = jest.spyOn(crypto.subtle, 'importKey');
    const tokens = tokensOf('a'.repeat(32));
    const token = await tokens.sign({ subject: 'ann', role: 'patient' });
    for (let n = 0; n < 3; n++) await tokens.verify(token);
    expect(imports).toHaveBeenCalledTimes(1);
  });
});
