import { Component, type ReactNode } from 'react';
import { text } from '#kernel/i18n/text.ts';
import { T } from '../locale.web.tsx';
import { Icon } from '../icon.web.tsx';
import { isLoadFault } from '../load-fault.ts';

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
    if (isLoadFault(this.state.error)) return <LoadFault />;
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

/** Trying again would ask for the same missing file: only the page as a whole can be fetched anew. */
function LoadFault() {
  return (
    <div className="blank" role="alert">
      <span className="blank-icon">
        <Icon name="history" size={26} />
      </span>
      <p className="blank-title">
        <T value={text('系统已更新，请重新加载', 'There is a new version: reload the page')} />
      </p>
      <p className="blank-hint">
        <T
          value={text(
            '这一页的程序没有加载到：系统已换成新版本，或网络中断。未保存的内容已存为草稿。',
            'A part of this page could not be loaded: the system was updated, or the network broke. What you typed is kept as a draft.',
          )}
        />
      </p>
      <div className="blank-action">
        <button type="button" className="button button-primary" onClick={() => window.location.reload()}>
          <T value={text('重新加载', 'Reload')} />
        </button>
      </div>
    </div>
  );
}
