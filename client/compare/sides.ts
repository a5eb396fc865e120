import { IconLockOpen, IconShieldCheck } from '@tabler/icons-react';
import type { Variant } from '../../scenarios/engine/trace.ts';

/** What each side is called and marked with, from left to right. */
export const sides = [
  { variant: 'vulnerable', title: 'Vulnerable', Icon: IconLockOpen },
  { variant: 'protected', title: 'Protected', Icon: IconShieldCheck },
] as const;

export const sideOf = (wanted: Variant) => (wanted === 'vulnerable' ? sides[0] : sides[1]);
