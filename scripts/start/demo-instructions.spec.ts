import { parseConfig } from '#config';
import { DEMO_INSTRUCTIONS, demoInstructions } from './demo-instructions.mjs';
import { readSettings } from './settings.mjs';

const suppliedTo = (env: NodeJS.ProcessEnv) => demoInstructions(env, readSettings(env).settings);

describe('where the demo’s payments are sent to', () => {
  it('is made up, says so in both languages, and is a configuration that the API takes', () => {
    const supplied = suppliedTo({});
    expect(supplied).toEqual(DEMO_INSTRUCTIONS);
    const env = { DATABASE_URL: 'postgres://u:p@localhost/payonce', JWT_SECRET: 'x'.repeat(32) };
    expect(parseConfig({ ...env, ...supplied })).toMatchObject(DEMO_INSTRUCTIONS);
    for (const method of ['BANK_TRANSFER', 'GCASH'] as const) {
      expect(DEMO_INSTRUCTIONS[`${method}_NOTE_EN`]).toMatch(/do not send money/);
      expect(DEMO_INSTRUCTIONS[`${method}_NOTE_ID`]).toMatch(/jangan mengirim uang/);
    }
  });

  it.each([
    ['an account of your own, of whatever method', { GCASH_HOLDER: 'Clinic', GCASH_ACCOUNT: '0917' }],
    ['a database of your own', { DATABASE_URL: 'postgres://u:p@localhost/payonce' }],
    ['no demo data', { DEMO_DATA: 'false' }],
    ['production', { NODE_ENV: 'production' }],
  ])('is not supplied with %s', (_name, env) => {
    expect(suppliedTo(env)).toEqual({});
  });
});
