/** Mantine's theme, built from the tokens of theme.css, where Mantine's colors are set. */
import { Button, createTheme } from '@mantine/core';

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
