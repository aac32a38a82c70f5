/**
 * Arguments of redis-cli and valkey-cli for a URL. The password goes into the environment, because every user of the
 * machine can read a command line.
 * @param {string} url
 * @returns {{ words: string[], env: NodeJS.ProcessEnv }}
 */
export function connectionWords(url) {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const auth = decodeURIComponent(password);
  return {
    words: [
      '-h',
      hostname.replace(/^\[|\]$/g, ''),
      '-p',
      port || '6379',
      ...(pathname.length > 1 ? ['-n', pathname.slice(1)] : []),
      ...(username ? ['--user', decodeURIComponent(username)] : []),
      ...(protocol === 'rediss:' ? ['--tls'] : []),
    ],
    env: auth ? { REDISCLI_AUTH: auth, VALKEYCLI_AUTH: auth } : {},
  };
}
