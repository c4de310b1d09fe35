/**
 * Stack files without the Pulumi CLI: what a command needs to know before it starts anything. Nothing here touches a disk.
 *
 * 1. List the folder of stack files; {@link stackOfFile} gives the stack of each file name, or `undefined` for other files.
 * 2. {@link readStackFile}`(stack, text)` reads each one as the Pulumi CLI would; what is wrong with a file is in it, never thrown.
 * 3. {@link readEnvironment}`(environment, files, { today })` gives the environment's stacks in the order of their layers with their
 *    settings, or one message with every problem of every file. A command prints that message, starts nothing and exits with 2.
 * 4. A stack's program gets `stack.file.config`. Where `stack.file.secretKeys` is not empty (other namespaces may have secrets, ours
 *    never has), open the secrets in `stack.file.values` first and turn those into texts with {@link configTexts}.
 */
export { configTexts } from "./config-texts";
export {
  describeFiles,
  type EnvironmentStack,
  environmentNames,
  type FileProblems,
  type ReadEnvironment,
  readEnvironment,
} from "./environment";
export { readStackFile, type StackFile, stackFileName, stackOfFile } from "./stack-file";
