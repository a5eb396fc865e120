import { IconLockOpen, IconShieldCheck } from '@tabler/icons-react';

/** The name and the icon of each side, from left to right. */
export const sides = [
  { variant: 'vulnerable', title: 'Vulnerable', Icon: IconLockOpen },
  { variant: 'protected', title: 'Protected', Icon: IconShieldCheck },
] as const;

export type Side = (typeof sides)[number];
