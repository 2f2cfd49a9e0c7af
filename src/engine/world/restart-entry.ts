/** Kind of the queue entry of a restart that a program asked for: Windows goes down when it is due. */
export const restartEntry = 'windows.restart';
