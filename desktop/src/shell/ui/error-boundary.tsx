import { Component, type ErrorInfo, type ReactNode } from 'react'
import { CrashView } from './crash-view.tsx'

interface Props {
  readonly children: ReactNode
  /** When it changes, what is inside is tried again: the address of the page. */
  readonly resetKey?: string
}

interface State {
  readonly error: Error | null
  readonly resetKey: string | undefined
}

/** Catches what a page throws, so that menu and other pages stay usable. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, resetKey: this.props.resetKey }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.resetKey === state.resetKey ? null : { error: null, resetKey: props.resetKey }
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack)
  }

  override render(): ReactNode {
    const { error } = this.state
    return error === null ? this.props.children : <CrashView error={error} onRetry={() => this.setState({ error: null })} />
  }
}
