const END_OF_FILE = '\u001a';

/** What reading a run of characters came upon. */
export type FramedLine = 'line' | 'more' | 'end' | 'too-long';

/**
 * Cuts characters into lines ended by LF or CRLF. It holds at most one unfinished line of the longest length: a line
 * without end is skipped, not collected. Empty lines are passed over unless the caller is inside a quoted cell.
 */
export class LineFramer {
  /** The line last found, without its end. */
  line = '';
  /** The line last found is the file's last and nothing ended it. */
  unterminated = false;
  #text = '';
  #at = 0;
  #searched = 0;
  #ended = false;
  #skipping = false;

  constructor(private readonly longest: number) {}

  push(text: string): void {
    if (text === '') return;
    this.#text = this.#at >= this.#text.length ? text : this.#text.slice(this.#at) + text;
    this.#searched -= this.#at;
    if (this.#searched < 0) this.#searched = 0;
    this.#at = 0;
  }

  finish(): void {
    this.#ended = true;
  }

  /** Finds the next line, or says what is missing for it. `keepEmpty` gives empty lines, too. */
  next(keepEmpty: boolean): FramedLine {
    for (;;) {
      const found = this.#text.indexOf('\n', Math.max(this.#at, this.#searched));
      if (found < 0) {
        this.#searched = this.#text.length;
        const rest = this.#text.length - this.#at;
        if (this.#skipping || rest > this.longest + 1) {
          const first = !this.#skipping;
          this.#skipping = true;
          this.#drop();
          if (first) return 'too-long';
          return this.#ended ? 'end' : 'more';
        }
        if (!this.#ended) return 'more';
        if (rest === 0) return 'end';
      }
      const start = this.#at;
      let end = found < 0 ? this.#text.length : found;
      this.#at = found < 0 ? end : end + 1;
      this.#searched = this.#at;
      if (this.#skipping) {
        this.#skipping = false;
        continue;
      }
      if (end > start && this.#text.charCodeAt(end - 1) === 0x0d) end -= 1;
      if (end - start > this.longest) return 'too-long';
      this.line = this.#text.slice(start, end);
      this.unterminated = found < 0;
      if (!keepEmpty && (this.line === '' || this.line === END_OF_FILE)) continue;
      return 'line';
    }
  }

  #drop(): void {
    this.#text = '';
    this.#at = 0;
    this.#searched = 0;
  }
}
