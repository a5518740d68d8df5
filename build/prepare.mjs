import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

// What npm runs after an installation in a clone, before it packs, and when it installs from git, as pre-commit does. In
// the last case npm_config_global reaches the npm that should install the packages for building, and it installs none.
if (!existsSync("node_modules/rolldown")) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_config_/i.test(name)),
  );
  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
}
execFileSync("npm", ["run", "--silent", "build"], {
  stdio: "inherit",
  shell: process.platform === "win32",
});
