// The same as an edge worker, which is sent the vectors.
import * as hookseal from "hookseal";
import { run } from "../../vectors.js";

export default {
  async fetch(request) {
    return Response.json(run(hookseal, await request.json()));
  },
};
