import { Component, type ReactNode } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { T } from '../locale.web.tsx';
import { Icon } from '../icon.web.tsx';

interface Props {
  readonly children: ReactNode;
  /** A change of this value (the address, say) clears the error. */
  readonly resetKey?: string;
}

interface Held {
  readonly error: Error | null;
  readonly key: string | undefined;
}

/** A fault in one part of the page leaves the rest standing. */
export class ErrorBoundary extends Component<Props, Held> {
  override state: Held = { error: null, key: undefined };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  static getDerivedStateFromProps(props: Props, held: Held): Held | null {
    return props.resetKey === held.key ? null : { error: null, key: props.resetKey };
  }

  override render() {
    if (!this.state.error) return this.props.children;
    return (
      <div className="blank" role="alert">
        <span className="blank-icon">
          <Icon name="warning" size={26} />
        </span>
        <p className="blank-title">
          <T value={text('这一部分显示出错', 'This part could not be shown')} />
        </p>
        <p className="blank-hint">
          <code>{this.state.error.message}</code>
        </p>
        <div className="blank-action">
          <button type="button" className="button" onClick={() => this.setState({ error: null })}>
            <T value={text('重试', 'Try again')} />
          </button>
        </div>
      </div>
    );
  }
}
