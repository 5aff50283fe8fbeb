export interface EvaluatorPresence {
  readonly name: string;
  readonly engine: string;
  readonly slots: number;
}
export function readPresence(_n: string, _t: string): EvaluatorPresence | undefined {
  return undefined;
}
