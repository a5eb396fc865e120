import { Component, type ReactNode } from 'react';

interface Props {
  children: ReactNode;
  /** Shown when the children cannot be drawn. */
  instead: ReactNode;
}

/** Keeps an error of what is inside from taking the page down. React has no hook for that. */
export class Fallible extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? this.props.instead : this.props.children;
  }
}
