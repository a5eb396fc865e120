/** Mantine's theme, built from the tokens of theme.css. */
import { Button, type CSSVariablesResolver, createTheme } from '@mantine/core';

export const theme = createTheme({
  fontFamily: 'var(--font-ui)',
  fontFamilyMonospace: 'var(--font-mono)',
  fontSizes: { xs: 'var(--small)', sm: 'var(--text)', md: 'var(--text)' },
  headings: { fontFamily: 'var(--font-ui)', fontWeight: '600' },
  defaultRadius: 'md',
  radius: { sm: '6px', md: '8px', lg: '10px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Mantine's white text can be read on the accent color in light mode only.
    Button: Button.extend({
      vars: (_, { variant = 'filled' }) => ({
        root: variant === 'filled' ? { '--button-color': 'var(--on-accent)' } : {},
      }),
    }),
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, multiline: true, maw: 300 } },
    Popover: { defaultProps: { shadow: 'md', radius: 'lg', withinPortal: true } },
    Menu: { defaultProps: { shadow: 'md', radius: 'lg' } },
    Modal: {
      defaultProps: {
        radius: 'lg',
        centered: true,
        overlayProps: { backgroundOpacity: 0.35 },
        closeButtonProps: { 'aria-label': 'Close' },
        // A screen reader would list its <header> as a second banner of the page.
        attributes: { header: { role: 'none' } },
      },
    },
  },
});

const tokens = {
  '--mantine-color-body': 'var(--card)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--mute)',
  '--mantine-color-placeholder': 'var(--mute)',
  '--mantine-color-error': 'var(--removed)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-default': 'var(--card)',
  '--mantine-color-default-hover': 'var(--paper)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-filled-hover': 'var(--accent)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--mantine-primary-color-light': 'var(--accent-soft)',
  '--mantine-primary-color-light-hover': 'var(--accent-soft)',
  '--mantine-primary-color-light-color': 'var(--accent)',
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light: tokens, dark: tokens });
