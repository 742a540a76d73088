/** What happens in the talk of one call, as it happens. Claims explain a reply afterwards; news is for who follows it live. */
export type News =
  /** She has the floor: what was heard is taken for speech of hers. */
  | { readonly what: 'caller-began' }
  /** Her turn is over, or what was taken for one is forgotten. */
  | { readonly what: 'caller-stopped' }
  /** It is about to say this, piece by piece; what of it is heard is claimed when it is over. */
  | { readonly what: 'words'; readonly text: string }
  /** Its voice sounds, or is silent: over, held or cut off. */
  | { readonly what: 'agent-began' | 'agent-stopped' }
  /** She took the floor while it spoke. */
  | { readonly what: 'interrupted' }
  /** It puts her through to `desk`. */
  | { readonly what: 'hands-over'; readonly desk: string };

/** Told news, without being waited for. Never throws. */
export type Tell = (news: News) => void;
