// Names that look as if the value were a secret. Data exchange is no place for one: every user of the guest can read it
// (the files of the Linux daemon are world readable, the registry keys readable by Users).

/** Whole words or beginnings of words, as people write them: DbPassword, API_KEY, github-token, "pwd". */
const secretWords =
  /^(pass(word|wd|phrase|code)?|pwd|pw|secrets?|tokens?|keys?|apikey|privatekey|accesskey|credentials?|creds?|auth|sas|pin|otp|cert(ificate)?)$/;

/** Splits at separators, at changes of letter case and at digits. */
function words(key: string): string[] {
  return key
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u);
}

/** True for every key that could be one: spares most of a thousand keys the splitting, at each key stroke. */
const mayBeSecret = /pass|pwd|pw|secret|token|key|cred|auth|sas|pin|otp|cert|connection/i;

export function looksSecret(key: string): boolean {
  if (!mayBeSecret.test(key)) return false;
  const parts = words(key);
  // Also as one word, "dbpassword", and as two, "ConnectionString".
  return (
    parts.some((part) => secretWords.test(part) || /(password|passwd|secret|token)/.test(part)) ||
    parts.join('').includes('connectionstring')
  );
}
