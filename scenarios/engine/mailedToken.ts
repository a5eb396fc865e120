import type { Mail } from './cast.ts';

/** Returns the token in the link of a mail, `https://shop.example/#reset=…`; undefined when there is no mail or no link. */
export const mailedToken = (mail: Mail | undefined): string | undefined =>
  /[#?&]\w+=([^&\s]+)/.exec(mail?.text ?? '')?.[1];
