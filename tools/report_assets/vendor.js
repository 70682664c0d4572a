// The few functions of d3-geo and topojson-client that the map of the report uses.
export { geoAzimuthalEqualArea, geoEqualEarth, geoPath } from "d3-geo";
export { feature, mesh } from "topojson-client";
