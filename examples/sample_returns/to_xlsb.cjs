// Converts a workbook to .xlsb with the npm package `xlsx`: node to_xlsb.cjs SOURCE TARGET
const xlsx = require("xlsx");
const [source, target] = process.argv.slice(2);
const workbook = xlsx.readFile(source, { cellFormula: true, cellNF: true, cellStyles: true });
workbook.Props = { CreatedDate: new Date("2024-01-15T00:00:00Z") };
xlsx.writeFile(workbook, target, { bookType: "xlsb", compression: true });
