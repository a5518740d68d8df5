export { Box, renderToString, Text } from "ink";
export { createElement } from "react";
