import { SessionState, type Session } from 'sip.js';

/** The one door to a session's state, which sip.js keeps private: there is no public hook before it throws. */
interface Transitions {
  stateTransition(state: SessionState): void;
}

/**
 * Keeps a session from ending twice. When an ACK never comes, sip.js ends the session out of a timer although
 * it may have ended already, throws there, and so would end the process: one deaf peer must not take the others along.
 */
export function guardSession(session: Session): void {
  const inner = session as unknown as Transitions;
  const transition = inner.stateTransition.bind(session);
  inner.stateTransition = (state) => {
    if (state !== SessionState.Terminated || session.state !== SessionState.Terminated) transition(state);
  };
}
