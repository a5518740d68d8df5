/** What completion scripts there are for; kubectl asks a program of its own. */
export const shells = ["bash", "zsh", "fish", "powershell", "kubectl"] as const;

export type Shell = (typeof shells)[number];

export function isShell(name: string): name is Shell {
  return (shells as readonly string[]).includes(name);
}
