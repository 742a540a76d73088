/** Every number of the agent's turn-taking. Milliseconds unless said otherwise. */
export interface Manners {
  /** Loud frames that make the caller's onset while the agent is silent. */
  readonly onsetMs: number;
  /** Loud frames that make the agent fall silent for a moment while it speaks; those that are clearly speech count twice. */
  readonly bargeInMs: number;
  /** Quiet that ends a burst which never became an onset. */
  readonly burstGapMs: number;
  /** Share of what sounds over the agent, 0 to 1, that must be as loud as this caller speaks: of hers, half and more is. */
  readonly nearShare: number;
  /** Share of it that must be speech beyond doubt. */
  readonly clearShare: number;
  /** The same where words are known in it. */
  readonly wordShare: number;
  /** Loud time of the shortest word that claims anything: an "ah" is shorter. */
  readonly wordMs: number;
  /** Quiet after a burst, before its words are asked for: the end of the last one, and no noise. */
  readonly tailMs: number;
  /** Quiet after a burst from which it has ended: longer than the closure of a "t" or a "ch" in a noisy place. */
  readonly endedMs: number;
  /** Quiet after which a burst begins anew: no word has such a gap in it. */
  readonly breathMs: number;
  /** Of a burst that had ended and begins anew, what shows that she goes on. */
  readonly anewMs: number;
  /** Quiet after a burst, before it is judged early: longer than the comma in "right, and ...". */
  readonly commaMs: number;
  /** Loud time in which a voice as near as hers is heard at least once; one that is not is somebody across the room. */
  readonly farMs: number;
  /** After somebody across the room was let pass, so long the agent falls silent only for a voice as near as hers. */
  readonly waryMs: number;
  /** The moment's silence is judged by now. */
  readonly decideMs: number;
  /** Who is still speaking has surely spoken within this: a laugh or a cup has not. */
  readonly doubtMs: number;
  /** Attention that has not ended when the silence has lasted this long is more than attention. */
  readonly latestMs: number;
  /** Gone on, and the caller still speaks: with words that mean something she is let in from this length on. */
  readonly resumeWordsMs: number;
  /** The same with words that are not known. */
  readonly resumeUnclearMs: number;
  /** Gone on, and the caller still speaks: from this length on she means it. */
  readonly resumeLimitMs: number;
  /** Shorter noises with no words in them are no turn. */
  readonly trivialMs: number;
  /** What is no speech by its sound and shorter than this is a cough or the like; what is longer, a mumble. */
  readonly noiseMs: number;
  /** Mutual silence before the agent asks again. */
  readonly silenceMs: number;
  /** Wait after a complete answer. */
  readonly completeMs: number;
  /** Wait after a yes or a no alone. */
  readonly answeredMs: number;
  /** Wait after a no to a read-back: the right value is likely to follow. */
  readonly refusedMs: number;
  /** Wait after words that may or may not be all. */
  readonly openMs: number;
  /** Wait after words that mean nothing here. */
  readonly unclearMs: number;
  /** Wait while not one word was understood: who mumbles is hard to hear between her louder syllables too. */
  readonly unheardMs: number;
  /** Wait after an unfinished value, a filler, a conjunction. */
  readonly unfinishedMs: number;
  /** Less sound than this, and no word in it, is the beginning of a turn. */
  readonly begunMs: number;
  /** Wait after a number that seems one digit short: one is easily lost to its neighbour, or made of a long one. */
  readonly nearlyMs: number;
  /** Time for the caller's own goodbye before the agent hangs up. */
  readonly farewellMs: number;
  /** The office may take this long before she is told that it takes a moment. */
  readonly officeMs: number;
  /** What a slower ear would take beyond its end of the turn. 0 in a sound agent. */
  readonly earDelayMs: number;
  /** What a slower brain would take for a reply. 0 in a sound agent. */
  readonly brainDelayMs: number;
  /** Added before every reply, and accounted for by no stage. 0 in a sound agent. */
  readonly replyDelayMs: number;
}

/** What a file in agent/manners default-exports: manners one can ask the agent for by the file's name. */
export interface NamedManners {
  readonly summary: string;
  readonly manners: Manners;
}

/** How the reference agent behaves. */
export const soundManners: Manners = {
  onsetMs: 60,
  bargeInMs: 40,
  burstGapMs: 100,
  nearShare: 0.4,
  clearShare: 0.5,
  wordShare: 0.1,
  wordMs: 120,
  tailMs: 140,
  endedMs: 140,
  breathMs: 200,
  anewMs: 60,
  commaMs: 400,
  farMs: 160,
  waryMs: 2000,
  decideMs: 540,
  doubtMs: 180,
  latestMs: 640,
  resumeWordsMs: 300,
  resumeUnclearMs: 580,
  resumeLimitMs: 1200,
  trivialMs: 160,
  noiseMs: 360,
  silenceMs: 7000,
  completeMs: 240,
  answeredMs: 420,
  refusedMs: 900,
  openMs: 450,
  unclearMs: 620,
  unheardMs: 680,
  unfinishedMs: 1300,
  begunMs: 450,
  nearlyMs: 900,
  farewellMs: 1200,
  earDelayMs: 0,
  brainDelayMs: 0,
  officeMs: 700,
  replyDelayMs: 0,
};
