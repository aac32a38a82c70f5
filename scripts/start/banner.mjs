import { relative } from 'node:path';
import { projectFolder } from '../project.mjs';
import { paint } from '../say.mjs';
import { commandFor } from '../stack/data-folder.mjs';

/**
 * What a newcomer wants to know once everything stands.
 * @param {object} facts
 * @param {string} facts.url
 * @param {boolean} facts.lab whether there is a race lab
 * @param {boolean} facts.logins whether the demo's people can log in
 * @param {string} facts.postgres where it is
 * @param {string} facts.redis how it is run, or what is done without it
 * @param {{ simulator: string } | { own: boolean }} facts.stripe where it is simulated, or whether there is an account
 * @param {{ folder: string, elsewhere: string | undefined } | undefined} facts.data undefined when nothing is kept here;
 *   elsewhere: where Postgres keeps its own, if not in the folder
 */
export function banner({ url, lab, logins, postgres, redis, stripe, data }) {
  const rows = [
    ['API', paint('cyan', `${url}/api/v1`)],
    ['API docs', `${url}/api/docs`],
    ['Pay page', `${url}/pay`],
    ['Console', `${url}/console · for staff`],
    ...(lab ? [['Race lab', `${url}/lab · for staff`]] : []),
    ['Health', `${url}/api/v1/health`],
    ...(logins ? [['Logins', 'patient@test.com, patient2@test.com, staff@test.com · password: password']] : []),
    ['Postgres', postgres],
    ['Redis', redis],
    ['Stripe', whichStripe(stripe)],
    ...(data ? [['Data', whereData(data)]] : []),
    ['Stop', 'Ctrl-C'],
  ];
  const lines = rows.map(([name = '', value]) => `  ${paint('dim', name.padEnd(9))} ${value}`);
  const title = paint('bold', paint('green', 'Payonce is running.'));
  return ['', `  ${title}`, '', ...lines, ...(logins ? ['', `  ${paint('dim', 'Try')}`, '', tryIt(url)] : []), ''].join(
    '\n',
  );
}

/**
 * One line to paste: logs in, then lists what this patient can pay for. It needs nothing but curl and sed.
 * @param {string} url
 */
export function tryIt(url) {
  const token = `$(curl -s ${url}/api/login -d email=patient@test.com -d password=password | sed 's/.*"token":"\\([^"]*\\)".*/\\1/')`;
  return `curl -s ${url}/api/v1/consultations -H "Authorization: Bearer ${token}"`;
}

/** @param {{ simulator: string } | { own: boolean }} stripe */
function whichStripe(stripe) {
  if ('simulator' in stripe) return `simulated at ${stripe.simulator}, no real money · STRIPE_SECRET_KEY: your own`;
  return stripe.own ? 'yours, as STRIPE_SECRET_KEY says' : 'none; set STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET';
}

/** @param {{ folder: string, elsewhere: string | undefined }} data */
function whereData({ folder, elsewhere }) {
  const where = elsewhere ? `${elsewhere} and ${shortPath(folder)}` : shortPath(folder);
  return `${where} · "${commandFor(folder, 'npm run reset')}" empties ${elsewhere ? 'both' : 'it'}`;
}

/** @param {string} path */
function shortPath(path) {
  const inside = relative(projectFolder, path);
  return inside.startsWith('..') ? path : inside;
}
