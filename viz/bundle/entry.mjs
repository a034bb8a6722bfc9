// All that the network page uses of vis: the names it finds under `vis`.
export { DataSet } from "vis-data/esnext";
export { Network } from "vis-network/esnext";
